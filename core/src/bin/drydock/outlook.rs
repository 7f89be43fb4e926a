//! How is told which subnets the Engine will hand out?

use drydock::{
    address::{Family, Subnet},
    daemon::network::{
        AddressPlan, AddressPool, Cause, Count, DefaultBridge, Forecast, Recipient, Situation, Skipped, Step,
        swarm_pool,
    },
};
use serde_json::{Value, json};

/// For people.
pub fn human(plan: &AddressPlan, forecast: Option<&Forecast>, situation: &Situation) -> String {
    let mut lines = vec![heading(plan, situation.family)];
    match forecast {
        Some(forecast) => {
            lines.extend(forecast.steps.iter().map(|it| step(it, plan)));
            if forecast.more_skipped > 0 {
                lines.push(format!("  and {} more are passed over", forecast.more_skipped));
            }
            lines.push(rest(forecast, situation));
        }
        None => lines.push(
            "  The Engine makes an IPv6 pool from its own id: a /48 below fd00::/8, cut into 65,536 networks of /64.\n  \
             Which one cannot be known here; list an IPv6 pool to decide it."
                .to_owned(),
        ),
    }
    if situation.swarm && situation.family == Family::Ipv4 {
        let pool = swarm_pool();
        lines.push(format!(
            "The swarm's managers give {} to ingress, and the next ones of {} to overlay networks.",
            pool.first(),
            pool.base()
        ));
    }
    lines.join("\n") + "\n"
}

fn heading(plan: &AddressPlan, family: Family) -> String {
    let family = match family {
        Family::Ipv4 => "IPv4",
        Family::Ipv6 => "IPv6",
    };
    let pools = match plan.from_defaults {
        true => "its own pools",
        false => "these pools",
    };
    format!("Engine {} with {pools}, {family}:", plan.engine)
}

fn rest(forecast: &Forecast, situation: &Situation) -> String {
    let is_used_up = forecast.count < situation.count;
    match (forecast.left.get(), is_used_up) {
        (_, true) => "Then the pools are used up.".to_owned(),
        (0, false) => "That uses up the pools exactly.".to_owned(),
        (1, false) => "1 more network can follow.".to_owned(),
        (_, false) => format!("{} more networks can follow.", forecast.left),
    }
}

fn step(step: &Step, plan: &AddressPlan) -> String {
    match step {
        Step::Skip(it) => skip(it),
        Step::Give { subnet, to, over } => {
            let over = over
                .map_or(String::new(), |it| format!(", though {it} is reserved or in use: the Engine does not notice"));
            let bridges = [Some(plan.docker0), plan.docker0_ipv6].into_iter().flatten();
            let mut docker0 = bridges.filter(|it| *to == Recipient::Docker0 && it.subnet == Some(*subnet));
            let containers = containers(*subnet, docker0.next());
            row(&to.name(), *subnet, &format!("{containers}{over}"))
        }
    }
}

fn containers(subnet: Subnet, docker0: Option<DefaultBridge>) -> String {
    let whole = AddressPool::new(subnet, subnet.prefix_len().into());
    let room = whole.map_or(Count::ZERO, |it| it.capacity().containers());
    let room = docker0.and_then(|it| it.containers()).unwrap_or(room);
    match room == Count::from(1) {
        true => "1 container".to_owned(),
        false => format!("{room} containers"),
    }
}

fn skip(skipped: &Skipped) -> String {
    let Skipped { first, count, by, cause } = skipped;
    let subnets = match count.get() {
        1 => String::new(),
        _ => format!(" ({count} subnets)"),
    };
    let why = match cause {
        Cause::Taken => "in use",
        Cause::Reserved => "reserved",
    };
    row("-", *first, &format!("passed over{subnets}: {by} is {why}"))
}

fn row(name: &str, subnet: Subnet, told: &str) -> String {
    format!("  {name:<16} {:<18} {told}", subnet.to_string())
}

/// For programs.
pub fn json(forecast: Option<&Forecast>, errors: &[String], warnings: &[String]) -> String {
    let steps = forecast.map(|it| it.steps.iter().map(step_value).collect::<Vec<_>>());
    let outlook = json!({
        "steps": steps,
        "more_skipped": forecast.map(|it| it.more_skipped),
        "left": forecast.map(|it| number(it.left)),
        "errors": errors,
        "warnings": warnings,
    });
    format!("{outlook:#}\n")
}

fn step_value(step: &Step) -> Value {
    match step {
        Step::Skip(it) => json!({
            "skipped": it.first.to_string(),
            "count": number(it.count),
            "by": it.by.to_string(),
            "cause": match it.cause {
                Cause::Taken => "taken",
                Cause::Reserved => "reserved",
            },
        }),
        Step::Give { subnet, to, over } => json!({
            "subnet": subnet.to_string(),
            "network": to.id(),
            "over": over.map(|it| it.to_string()),
        }),
    }
}

/// A count as a number, the largest one for all that are larger.
fn number(count: Count) -> u64 {
    u64::try_from(count.get()).unwrap_or(u64::MAX)
}
