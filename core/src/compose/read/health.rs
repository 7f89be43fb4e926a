//! How is a container asked whether it is well?
//!
//! Source: compose-go `types/healthcheck.go`, `HealthCheckTest.DecodeMapstructure`.

use super::Reader;
use crate::{
    containers::model::{At, Health, HealthTest},
    document::{Kind, Member, Node},
};

impl Reader<'_> {
    pub(super) fn health(&mut self, member: &Member) -> Option<At<Health>> {
        let mut health = Health::default();
        let (mut is_off, mut tested) = (false, None);
        let fields = self.fields(&member.value, "services.*.healthcheck");
        if fields.is_empty() {
            return None;
        }
        for (key, field) in fields {
            let value = &field.value;
            match key {
                "test" => {
                    health.test = self.health_test(value).unwrap_or_default();
                    tested = Some(field.span());
                }
                "interval" => health.interval = self.plain(value),
                "timeout" => health.timeout = self.plain(value),
                "start_period" => health.start_period = self.plain(value),
                "start_interval" => health.start_interval = self.plain(value),
                "retries" => health.retries = self.whole(value).map(|it| it.value),
                _ => is_off = self.truth(value).is_some_and(|it| it.value),
            }
        }
        if is_off {
            if let Some(span) = tested.filter(|_| health.test != HealthTest::Off) {
                self.unusable(span, "`disable` beside it turns it off.");
            }
            health.test = HealthTest::Off;
        }
        Some(At::new(health, member.span()))
    }

    fn health_test(&mut self, node: &Node) -> Option<HealthTest> {
        if !matches!(node.kind, Kind::List(_)) {
            return self.plain(node).map(HealthTest::Shell);
        }
        let words: Vec<String> = self.texts(node).into_iter().map(|it| it.value).collect();
        let (first, rest) = words.split_first()?;
        match first.as_str() {
            "NONE" => {
                if !rest.is_empty() {
                    self.unusable(node.span, "What is behind `NONE` is not read.");
                }
                Some(HealthTest::Off)
            }
            "CMD-SHELL" => Some(HealthTest::Shell(rest.join(" "))),
            "CMD" => Some(HealthTest::Words(rest.to_vec())),
            _ => {
                self.refuse(node, "The list begins with `CMD`, `CMD-SHELL` or `NONE`.");
                None
            }
        }
    }
}
