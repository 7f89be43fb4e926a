project = "Our handbook"
html_js_files = [("https://drydock.example/enhance.js", {"type": "module"})]
html_copy_source = False
html_show_sourcelink = False
