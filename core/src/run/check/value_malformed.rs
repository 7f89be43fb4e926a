//! A value that the flag does not take.

use super::{Context, Found, refused};
use crate::run::problem::ProblemKind;

rule! {
    /// A value that the flag does not take.
    ///
    /// ## Why it matters
    /// The command stops, and no container is made.
    ///
    /// ## What to do
    /// Write the value as the flag takes it.
    ///
    /// ## Example
    /// ```sh
    /// docker run -p localhost:8080:80 --restart allways nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `parse`; `internal/volumespec`, `opts`; docker/go-connections `nat`;
    /// containers/podman `pkg/specgenutil`
    "value-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if let ProblemKind::Malformed { message, help, .. } = &problem.kind {
            let why = "The program refuses the command, and nothing is made.";
            found.push(refused(ID, problem.span, message.clone()).why(why).help(help.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_values_that_are_refused() {
        for (text, expected) in [
            ("docker run -p 80:x y", &["error x"][..]),
            ("docker run -p localhost:80:80 y", &["error localhost"]),
            ("docker run -v /a:b y", &["error b"]),
            ("docker run -v a/b:/c y", &["error a/b"]),
            ("docker run --mount type=bind,src=/a y", &["error type=bind,src=/a"]),
            ("docker run --restart allways y", &["error allways"]),
            ("docker run -m lots y", &["error lots"]),
            ("docker run --health-interval 30 y", &["error 30"]),
            ("docker run --name 'a b' y", &["error a b"]),
            ("docker run -e =x y", &["error =x"]),
            ("docker run --ip 10.0.0.300 y", &["error 10.0.0.300"]),
            ("docker run --rm=maybe y", &["error maybe"]),
            ("docker run --dns resolver y", &["error resolver"]),
            ("docker run --mac-address 1:2 y", &["error 1:2"]),
            ("docker run --expose http y", &["error http"]),
            ("docker run --add-host db y", &["error db"]),
            ("docker run --stop-timeout soon y", &["error soon"]),
            ("docker network create --subnet 10.0.0.0 y", &["error 10.0.0.0"]),
            ("docker network create --subnet 10.0.0.0/24 --gateway 10.0.1.1 y", &["error 10.0.1.1"]),
            ("docker run -p 127.0.0.1:80:80/udp -v /a:/b:ro --restart on-failure:3 y", &[]),
            ("docker run --add-host host.docker.internal:host-gateway --expose 80-90/udp y", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
