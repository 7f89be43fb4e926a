//! How is the image of a service built?

use super::Reader;
use crate::{
    compose::schema::{self, Becomes},
    containers::model::{At, Build},
    document::{Kind, Member, Node},
};

impl Reader<'_> {
    pub(super) fn build(&mut self, member: &Member) -> Option<At<Build>> {
        let node = &member.value;
        if !matches!(node.kind, Kind::Map(_)) {
            let context = self.text_of(node)?;
            return Some(At::new(Build { context: context.value, ..Build::default() }, context.span));
        }
        let mut build = Build { context: ".".to_owned(), ..Build::default() };
        for (key, field) in self.fields(node, "services.*.build") {
            let value = &field.value;
            match key {
                "context" => build.context = self.plain(value).unwrap_or_default(),
                "dockerfile" => build.dockerfile = self.plain(value),
                "dockerfile_inline" => build.dockerfile_inline = self.plain(value),
                "target" => build.target = self.plain(value),
                "args" => build.args = self.environment(value).into_iter().map(|it| it.value).collect(),
                "tags" => build.tags = self.texts(value).into_iter().map(|it| it.value).collect(),
                "secrets" => self.build_secrets(&mut build, value),
                // Source: docker/compose `pkg/compose/build_buildkit.go`, where it is an entitlement.
                "privileged" => {
                    let is_on = self.truth(value).is_some_and(|it| it.value);
                    build.flags.extend(is_on.then(|| "--allow=security.insecure".to_owned()));
                }
                _ => {
                    if let Some(Becomes::Flag(name, shape)) = schema::find("services.*.build", key).map(|it| it.becomes)
                    {
                        let words = self.build_words(name, shape, field);
                        build.flags.extend(words);
                    }
                }
            }
        }
        Some(At::new(build, member.span()))
    }

    /// Each secret by its file or variable, as far as the project says where it comes from.
    fn build_secrets(&mut self, build: &mut Build, node: &Node) {
        use crate::containers::model::HandedFrom;
        for handed in self.handed(node, "services.*.build.secrets[]") {
            let id = handed.value.target.as_ref().unwrap_or(&handed.value.source);
            let from = self.project.secrets.iter().find(|it| it.name == handed.value.source).map(|it| &it.from);
            let from = match from {
                Some(HandedFrom::File(file)) => [",src=", file].concat(),
                Some(HandedFrom::Environment(name)) => [",env=", name].concat(),
                Some(HandedFrom::Content(_) | HandedFrom::External(_)) | None => {
                    self.unusable(handed.span, "`docker build` needs a secret of a file or of a variable.");
                    continue;
                }
            };
            build.flags.push(["--secret=id=", id, &from].concat());
        }
    }
}
