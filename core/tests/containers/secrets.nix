# What sops-nix and agenix say of a configuration: the paths of what they decrypt, and what stands for a secret meanwhile.
#
# Source: Mic92/sops-nix modules/sops/default.nix, modules/sops/templates/default.nix, modules/home-manager/templates.nix;
# ryantm/agenix modules/age.nix, modules/age-home.nix
{ evaluated, home }:
let
  inherit (builtins)
    attrNames
    isPath
    isString
    mapAttrs
    toJSON
    ;
  checked =
    what: types: it:
    mapAttrs (
      name: value:
      if !(types ? ${name}) then
        throw "${what} has no option ${name}"
      else if !(types.${name} value) then
        throw "${what}.${name} is of another type: ${toJSON value}"
      else
        value
    ) it;
  all =
    what: types: it:
    mapAttrs (_: checked what types) it;
  secrets = all "sops.secrets" { sopsFile = isPath; } (evaluated.sops.secrets or { });
  templates = all "sops.templates" { content = isString; } (evaluated.sops.templates or { });
  age = all "age.secrets" (
    {
      file = isPath;
    }
    // (if home then { path = isString; } else { })
  ) (evaluated.age.secrets or { });
in
{
  sops = {
    secrets = mapAttrs (name: _: { path = "/run/secrets/${name}"; }) secrets;
    templates = mapAttrs (name: _: { path = "/run/secrets/rendered/${name}"; }) templates;
    placeholder = mapAttrs (name: _: "<SOPS:${name}>") secrets;
  };
  age.secrets = mapAttrs (name: it: { path = it.path or "/run/agenix/${name}"; }) age;

  # Every value, so that each is looked at.
  files = {
    sops = mapAttrs (_: it: toString it.sopsFile) secrets;
    templates = mapAttrs (_: it: it.content) templates;
    age = mapAttrs (_: it: toString it.file) age;
    paths = attrNames (evaluated.sops or { }) ++ attrNames (evaluated.age or { });
  };
}
