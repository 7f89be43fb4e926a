//! Which variables, labels and files with variables does a container get?

use super::Reader;
use crate::{
    containers::model::{At, EnvFile},
    document::{Kind, Node},
};

impl Reader<'_> {
    /// Variables: a name without a value has that of `.env`, where that has one.
    pub(super) fn environment(&mut self, node: &Node) -> Vec<At<(String, Option<String>)>> {
        let mut pairs = self.pairs(node);
        for it in pairs.iter_mut().filter(|it| it.value.1.is_none()) {
            let filled = self.peek(&["${", &it.value.0, "}"].concat());
            it.value.1 = (filled.missing.is_empty() && filled.malformed.is_empty()).then_some(filled.text);
        }
        pairs
    }

    pub(super) fn env_files(&mut self, node: &Node) -> Vec<At<EnvFile>> {
        let mut files = Vec::new();
        for element in self.elements(node) {
            if let Kind::Map(_) = element.kind {
                let (mut path, mut is_required) = (None, true);
                for (key, member) in self.fields(element, "services.*.env_file[]") {
                    match key {
                        "path" => path = self.plain(&member.value),
                        _ => is_required = self.truth(&member.value).is_none_or(|it| it.value),
                    }
                }
                match path {
                    Some(path) => files.push(At::new(EnvFile { path, is_required }, element.span)),
                    None => self.unusable(element.span, "A file needs `path`."),
                }
            } else if let Some(path) = self.text_of(element) {
                files.push(At::new(EnvFile { path: path.value, is_required: true }, path.span));
            }
        }
        files
    }
}
