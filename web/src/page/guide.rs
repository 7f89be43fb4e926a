//! A guide, drawn from its rows: questions, and what follows from the answers.

use drydock::{
    bench::{Choice, Chosen, Input},
    guide::{Answer, GUIDES, Guide as Row, Listing},
};
use yew::prelude::*;

use super::{
    bench::blocks::{Around, block},
    choice::{field, picker},
    copy::Copy,
    desk::Desk,
    icon::{icon, severity_name, severity_shape},
    reading::ARTICLE,
    rest::Rest,
    words,
};
use crate::{offsets::Offsets, outside::address};

/// Which guide.
#[derive(Clone, PartialEq, Properties)]
pub struct GuideProps {
    /// The guide.
    pub listing: &'static Listing,
    /// What the address answers of its questions.
    pub asked: Chosen,
    /// The ways to touch the text.
    pub desk: Desk,
    /// The rest of the page, which has the pictures.
    pub rest: Rest,
}

/// A guide; what is answered is kept in the address.
#[function_component]
pub fn Guide(props: &GuideProps) -> Html {
    let GuideProps { listing, asked, desk, rest } = props;
    let listing = *listing;
    let chosen = use_state_eq(|| asked.clone());
    use_effect_with(asked.clone(), {
        let chosen = chosen.setter();
        move |asked| chosen.set(asked.clone())
    });
    let onchosen = use_callback((), {
        let chosen = chosen.setter();
        move |next: Chosen, ()| {
            // Without an address bar the answers are not in it.
            let _ = address::replace(&["#", &listing.fragment(&next)].concat());
            chosen.set(next);
        }
    });
    let row = GUIDES.iter().copied().find(|it| it.listing == listing);
    let answer = use_memo((*chosen).clone(), |chosen| row.map(|it| (it.answer)(chosen)));
    let link = [&address::base(), "#", &listing.fragment(&chosen)].concat();
    html! {
        <main class="guide" aria-label={listing.title}>
            <article class="guide__inner" tabindex="-1" id={ARTICLE}>
                <a class="button contents__back" href="#/">{icon("back")}{"Back to the editor"}</a>
                <h2 class="article__title">{listing.title}</h2>
                <p class="article__lead">{words::inline(listing.about)}</p>
                <div class="guide__parts">
                    <form class="guide__questions" aria-label="Questions" onsubmit={|event: SubmitEvent| event.prevent_default()}>
                        { for row.map(|it| questions(it, &chosen, &onchosen)) }
                    </form>
                    <div class="guide__answer">
                        { for answer.iter().map(|it| drawn(it, &link, &Around {
                            offsets: &Offsets::of(""),
                            desk,
                            rest,
                            shows_known: true,
                        })) }
                    </div>
                </div>
            </article>
        </main>
    }
}

fn questions(row: &Row, chosen: &Chosen, onchosen: &Callback<Chosen>) -> Html {
    (row.asks)(chosen).into_iter().map(|it| question(it, chosen, onchosen)).collect()
}

fn question(choice: &'static Choice, chosen: &Chosen, onchosen: &Callback<Chosen>) -> Html {
    match choice.input {
        Input::OneOf(_) => html! {
            <div class="choice" key={choice.id}>
                { picker(choice, "picker--edged", chosen, onchosen) }
                <span class="menu__about">{words::inline(choice.about)}</span>
            </div>
        },
        Input::Text(_) | Input::Lines(_) => html! {
            <div key={choice.id}>{ field(choice, chosen, onchosen) }</div>
        },
    }
}

fn drawn(answer: &Answer, link: &str, around: &Around) -> Html {
    html! {
        <>
            <section class="clearance" aria-label="Answer" aria-live="polite" data-severity={severity_name(answer.severity)}>
                { severity_shape(answer.severity) }
                <p>{words::inline(&answer.sentence)}</p>
            </section>
            <div class="guide__share">
                <Copy text={link.to_owned()} label="Copy a link to this answer" words="Copy link" />
            </div>
            { for answer.blocks.iter().map(|it| block(it, around)) }
        </>
    }
}
