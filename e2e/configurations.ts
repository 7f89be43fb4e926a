// Configurations that specs type and paste.

/** Nothing is wrong with it. */
export const GOOD = `{
  "debug": true,
  "log-level": "warn"
}`;

/** Has one mistake, on line 3, which has a fix: a number in quotes. */
export const QUOTED_NUMBER = `{
  "debug": true,
  "mtu": "1450"
}`;

/** The same mistake in a module of NixOS. */
export const QUOTED_NUMBER_IN_NIX = `{ lib, ... }:
{
  # For the office.
  system.stateVersion = "25.05";
  virtualisation.docker = {
    enable = true;
    daemon.settings = {
      debug = lib.mkForce true;
      mtu = "1450";
    };
  };
}
`;

/** Has two mistakes, each with a safe fix. */
export const TWO_MISTAKES = `{
  "dns": "1.1.1.1",
  "mtu": "1450"
}`;

/** A size in quotes, without which the pools would be seen to overlap. */
export const OVERLAP_TO_COME = `{
  "mtu": "1450",
  "default-address-pools": [
    { "base": "10.0.0.0/8", "size": "24" },
    { "base": "10.1.0.0/16", "size": 24 }
  ]
}
`;
