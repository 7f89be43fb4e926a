//! A well-known variable, misspelt.

use super::{Context, Diagnostic, Fix};
use crate::containers::model::{At, Container};

rule! {
    /// A variable of a well-known image is misspelt.
    ///
    /// ## Why it matters
    /// The image passes it over without a word: the database has no password, or does not start.
    ///
    /// ## What to do
    /// Correct the spelling.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       POSTGRESS_PASSWORD: ${DB_PASSWORD}
    /// ```
    ///
    /// ## Source
    /// docker-library/docs: the pages of `postgres`, `mysql`, `mariadb`, `mongo`, `rabbitmq`, `redis`, `wordpress`; grafana documentation, *Configure Grafana*
    "variable-misspelled", [Warning], check
}

/// Images by the end of their name, with their variables.
const IMAGES: &[(&str, &[&str])] = &[
    (
        "postgres",
        &[
            "POSTGRES_PASSWORD",
            "POSTGRES_PASSWORD_FILE",
            "POSTGRES_USER",
            "POSTGRES_USER_FILE",
            "POSTGRES_DB",
            "POSTGRES_DB_FILE",
            "POSTGRES_INITDB_ARGS",
            "POSTGRES_INITDB_WALDIR",
            "POSTGRES_HOST_AUTH_METHOD",
            "PGDATA",
        ],
    ),
    (
        "mysql",
        &[
            "MYSQL_ROOT_PASSWORD",
            "MYSQL_ROOT_HOST",
            "MYSQL_DATABASE",
            "MYSQL_USER",
            "MYSQL_PASSWORD",
            "MYSQL_ALLOW_EMPTY_PASSWORD",
            "MYSQL_RANDOM_ROOT_PASSWORD",
            "MYSQL_ONETIME_PASSWORD",
            "MYSQL_INITDB_SKIP_TZINFO",
        ],
    ),
    (
        "mariadb",
        &[
            "MARIADB_ROOT_PASSWORD",
            "MARIADB_ROOT_HOST",
            "MARIADB_DATABASE",
            "MARIADB_USER",
            "MARIADB_PASSWORD",
            "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
            "MARIADB_RANDOM_ROOT_PASSWORD",
            "MARIADB_AUTO_UPGRADE",
            "MYSQL_ROOT_PASSWORD",
            "MYSQL_DATABASE",
            "MYSQL_USER",
            "MYSQL_PASSWORD",
        ],
    ),
    ("mongo", &["MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD", "MONGO_INITDB_DATABASE"]),
    ("rabbitmq", &["RABBITMQ_DEFAULT_USER", "RABBITMQ_DEFAULT_PASS", "RABBITMQ_DEFAULT_VHOST", "RABBITMQ_NODENAME"]),
    (
        "wordpress",
        &[
            "WORDPRESS_DB_HOST",
            "WORDPRESS_DB_USER",
            "WORDPRESS_DB_PASSWORD",
            "WORDPRESS_DB_NAME",
            "WORDPRESS_DB_CHARSET",
            "WORDPRESS_DB_COLLATE",
            "WORDPRESS_TABLE_PREFIX",
            "WORDPRESS_DEBUG",
            "WORDPRESS_CONFIG_EXTRA",
        ],
    ),
    ("grafana", &["GF_SECURITY_ADMIN_USER", "GF_SECURITY_ADMIN_PASSWORD", "GF_INSTALL_PLUGINS", "GF_SERVER_ROOT_URL"]),
];

/// A variable with its value.
type Variable = At<(String, Option<String>)>;

/// The variables of a container that are likely misspelt, each with the name that was meant.
pub(crate) fn misspelled(container: &Container) -> Vec<(&Variable, &'static str)> {
    let image = container.image.as_ref().map_or("", |it| it.value.as_str());
    let image = image.split('@').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let image = image.split(':').next().unwrap_or_default();
    // The wiki's example has no image, and a variable that tells what was meant.
    let is_nothing = image.is_empty() && container.build.is_none();
    let known = IMAGES.iter().filter(|it| it.0 == image || is_nothing);
    let known: Vec<&str> = known.flat_map(|it| it.1.iter().copied()).collect();
    let set = |name: &str| container.environment.iter().any(|it| it.value.0 == name);
    let variables = container.environment.iter().take(500);
    let found = variables.filter_map(|variable| {
        let name = &variable.value.0;
        if known.is_empty() || known.contains(&name.as_str()) {
            return None;
        }
        let near = |it: &&str| crate::text::words::distance(name, it) <= 2 && !set(it);
        known.iter().copied().find(near).map(|it| (variable, it))
    });
    found.collect()
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for (variable, meant) in context.project().containers.iter().flat_map(misspelled) {
        let name = &variable.value.0;
        let written = context.written(variable.span);
        let edits = written.find(name.as_str()).map(|it| {
            let start = variable.span.start + it;
            context.replace(crate::text::Span::new(start, start + name.len()), meant)
        });
        found.push(
            Diagnostic::warning(ID, variable.span, format!("`{name}` is likely meant to be `{meant}`"))
                .why("An image passes over what it does not know, without a word.")
                .help(format!("Write `{meant}`, unless a script of yours reads `{name}`."))
                .fix(edits.map(|it| Fix::choice(format!("Rename to `{meant}`"), it))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn variables_are_those_that_the_image_reads() {
        let file = |image: &str, variable: &str| {
            format!("services: {{a: {{image: '{image}', environment: ['{variable}=$X']}}}}\n")
        };
        for (image, variable, is_flagged) in [
            ("postgres:17", "POSTGRESS_PASSWORD", true),
            ("postgres:17", "POSTGRES_PASSWORD", false),
            ("docker.io/library/mysql:8", "MYSQL_DATABSE", true),
            ("postgres:17", "TZ", false),
            ("app:1", "POSTGRESS_PASSWORD", false),
            ("", "POSTGRESS_PASSWORD", true),
            ("mysql:8', build: '.", "MYSQL_DATABSE", true),
            ("', build: '.", "MYSQL_DATABSE", false),
        ] {
            let text = file(image, variable);
            let place = format!("warning '{variable}=$X'");
            assert_flags(&text, super::ID, if is_flagged { vec![place.as_str()] } else { vec![] }.as_slice());
        }
        assert_first_fix(
            &file("postgres:17", "POSTGRESS_PASSWORD"),
            super::ID,
            "Rename to `POSTGRES_PASSWORD`",
            &file("postgres:17", "POSTGRES_PASSWORD"),
        );
    }
}
