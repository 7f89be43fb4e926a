export default {
  title: "Our handbook",
  head: [["script", { type: "module", src: "https://drydock.example/enhance.js" }]],
};
