//! Many who accept at once.

use super::{
    clients::{Clients, Until},
    crowd::Crowd,
    over_both, times,
    whole::{accepted, is_whole, verifies},
};
use crate::support::{
    db::{Backend, TestDb},
    program::Program,
};

over_both! {
    fn sixteen_who_accept_different_invitations_are_all_served(backend: Backend) {
        let all = 16 * times("ENTENTE_TEST_ACCEPTS", 20);
        let mut crowd = Crowd::gathers(TestDb::with_cast(backend));
        let program = Program::serve(&crowd.db);
        let cookies = Crowd::signs_in(&program);
        let open = crowd.invites(all);
        let clients = Clients::of(&crowd, &cookies, &[program.address], open);
        clients.work(16, Until::AllIsAnswered, || ());
        let told = clients.told.into_inner().unwrap();
        assert!(told.odd.is_empty(), "{:#?}", told.odd);
        // A machine that is too slow for sixteen may say so, after waiting.
        assert_eq!(told.hasty, 0, "{:?}", told.statuses);
        assert_eq!(told.acknowledged.len(), all, "{:?}", told.statuses);
        assert_eq!(accepted(&crowd.db), told.acknowledged);
        is_whole(&crowd.db);
        verifies(&crowd.db);
    }
}
