//! What a connection that takes a delivery will do with it.

/// What a delivery is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose<'a> {
    /// An idle connection.
    Idle,
    /// The end of a message to this domain; one to the same domain takes over its slot.
    Pipelined(&'a str),
    /// The same for a connection that has prepared others, which go first unless the next
    /// domain in turn is a limited one.
    PipelinedFirst(&'a str),
    /// To be prepared before its turn.
    Ahead,
}

impl Purpose<'_> {
    pub(super) fn follows(self, domain: &str) -> bool {
        match self {
            Self::Idle | Self::Ahead => false,
            Self::Pipelined(before) | Self::PipelinedFirst(before) => before == domain,
        }
    }

    pub(super) fn takes_slot(self, is_limited: bool) -> bool {
        is_limited || !matches!(self, Self::Ahead)
    }

    /// Whether it is for others to take what is next in turn.
    pub(super) fn leaves(self, is_limited: bool) -> bool {
        match self {
            Self::Idle | Self::Pipelined(_) => false,
            Self::PipelinedFirst(_) => !is_limited,
            Self::Ahead => is_limited,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limited_domain_keeps_its_turn_and_its_slots() {
        let (limited, free) = (true, false);
        assert!(Purpose::Ahead.leaves(limited) && !Purpose::Ahead.leaves(free));
        let first = Purpose::PipelinedFirst("a.example");
        assert!(first.leaves(free) && !first.leaves(limited));
        for purpose in [Purpose::Idle, Purpose::Pipelined("a.example")] {
            assert!(!purpose.leaves(limited) && !purpose.leaves(free));
            assert!(purpose.takes_slot(limited) && purpose.takes_slot(free));
        }
        assert!(!Purpose::Ahead.takes_slot(free));
        assert!(first.follows("a.example") && !first.follows("b.example"));
    }
}
