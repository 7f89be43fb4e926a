# A module with an option that switches it on, and what is said in it.
#
# Source: nixpkgs lib/options.nix, `mkEnableOption`; lib/modules.nix, `mkIf`, `mkForce`
{
  lib = {
    mkForce = content: {
      _type = "override";
      inherit content;
    };
    mkEnableOption = about: if builtins.isString about then { inherit about; } else throw "no text";
    mkIf = condition: content: if condition then content else throw "it is switched off";
  };
  switched.services."my media".enable = true;
  configured =
    it:
    if !(it ? config) then
      it
    else if builtins.attrNames it == [ "config" "options" ] && it.options.services."my media".enable ? about then
      it.config
    else
      throw "options and values do not go together";
}
