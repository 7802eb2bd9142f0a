//! Killed in the middle of work.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::{
    SOON, any,
    clients::{Clients, Until},
    crowd::{Crowd, Waiting},
    over_both, times, waits_until,
    whole::{is_kept, is_whole, verifies},
};
use crate::support::{
    db::{Backend, TestDb},
    program::Program,
};

/// How many invitations wait at each start: more than are accepted until the kill.
const ENOUGH: usize = 240;

over_both! {
    fn killed_while_eight_accept_it_loses_and_splits_nothing(backend: Backend) {
        let kills = times("ENTENTE_TEST_KILLS", 6);
        let mut crowd = Crowd::gathers(TestDb::with_cast(backend));
        let mut program = Program::serve(&crowd.db);
        let cookies = Crowd::signs_in(&program);
        let mut open: Vec<Waiting> = Vec::new();
        let mut acknowledged = std::collections::BTreeSet::new();
        let mut slowest = Duration::ZERO;
        for kill in 1..=kills {
            crowd.publishes();
            let missing = ENOUGH.saturating_sub(open.len());
            open.extend(crowd.invites(missing));
            let clients = Clients::of(&crowd, &cookies, &[program.address], open);
            clients.work(8, Until::MeanwhileIsDone, || {
                // Now and then in the middle of the first, which the agreement comes with.
                if kill % 3 != 0 {
                    clients.reaches_more_than(0);
                }
                thread::sleep(any(30, 350));
                program.kill();
            });
            let started = Instant::now();
            program = Program::serve(&crowd.db);
            waits_until("ready", SOON, || program.gets("/ready", "").is_some_and(|it| it.status == 200));
            slowest = slowest.max(started.elapsed());
            // Signed in still: a kill ends no session.
            assert_eq!(program.gets("/billing/invitations", &cookies[0]).unwrap().status, 200);
            let told = clients.told.into_inner().unwrap();
            assert!(told.odd.is_empty(), "{:#?}", told.odd);
            acknowledged.extend(told.acknowledged);
            open = clients.waiting.into_inner().unwrap().into();
            is_whole(&crowd.db);
            is_kept(&crowd.db, &acknowledged);
            if kill % 10 == 0 || kill == kills {
                verifies(&crowd.db);
            }
        }
        eprintln!("{kills} kills, {} acknowledged, ready after {slowest:?} at most", acknowledged.len());
        assert!(acknowledged.len() >= kills / 2, "only {}: is the test still one?", acknowledged.len());
    }
}
