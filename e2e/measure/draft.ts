// What somebody left in the page.

/** A configuration of the size people have, with two mistakes. */
export const DRAFT = `{
  "data-root": "/srv/docker",
  "default-address-pools": [
    { "base": "10.201.0.0/16", "size": 24 },
    { "base": "10.202.0.0/16", "size": 26 }
  ],
  "dns": "1.1.1.1",
  "log-driver": "json-file",
  "log-opts": { "max-size": "10m", "max-file": 3 },
  "registry-mirrors": ["https://mirror.example.com"],
  "live-restore": true
}`;
