//! A part of the page that is drawn again only when what it shows has changed.

use std::{any::Any, ptr, rc::Rc};

use yew::prelude::*;

/// Draws a part, and again whenever what it shows has changed: the page as a whole is drawn at each key.
pub fn part<T: PartialEq + 'static>(shown: T, draw: fn(&T) -> Html) -> Html {
    html! { <Part drawn={Drawn(Rc::new(Of { shown, draw }))} /> }
}

#[derive(PartialEq, Properties)]
struct PartProps {
    drawn: Drawn,
}

/// One component for all parts: each component's own code weighs several kB.
#[function_component]
fn Part(props: &PartProps) -> Html {
    props.drawn.0.draw()
}

#[derive(Clone)]
struct Drawn(Rc<dyn Draw>);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

trait Draw: Any {
    fn draw(&self) -> Html;
    fn is(&self, other: &dyn Draw) -> bool;
}

struct Of<T> {
    shown: T,
    draw: fn(&T) -> Html,
}

impl<T: PartialEq + 'static> Draw for Of<T> {
    fn draw(&self) -> Html {
        (self.draw)(&self.shown)
    }

    fn is(&self, other: &dyn Draw) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<Self>().is_some_and(|it| ptr::fn_addr_eq(self.draw, it.draw) && self.shown == it.shown)
    }
}
