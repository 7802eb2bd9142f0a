//! Chains of events that several processes write.

use super::{
    clients::{Clients, Until},
    crowd::Crowd,
    over_both, times,
    whole::{accepted, is_kept, is_whole, verifies},
};
use crate::support::{
    db::{Backend, TestDb},
    program::Program,
};

over_both! {
    fn two_processes_that_are_killed_leave_chains_without_gaps(backend: Backend) {
        let all = 16 * times("ENTENTE_TEST_ACCEPTS", 20);
        let mut crowd = Crowd::gathers(TestDb::with_cast(backend));
        let mut programs = [Program::serve(&crowd.db), Program::serve(&crowd.db)];
        let cookies = Crowd::signs_in(&programs[0]);
        let open = crowd.invites(all);
        let doors = [programs[0].address, programs[1].address];
        let clients = Clients::of(&crowd, &cookies, &doors, open);
        clients.work(16, Until::AllIsAnswered, || {
            for (index, program) in programs.iter_mut().enumerate() {
                for enough in 0..all * (index + 1) / 3 {
                    clients.reaches_more_than(enough);
                }
                program.kill();
                *program = Program::serve(&crowd.db);
                *clients.doors[index].lock().unwrap() = program.address;
            }
        });
        let told = clients.told.into_inner().unwrap();
        eprintln!("{:?}", told.statuses);
        assert!(told.odd.is_empty(), "{:#?}", told.odd);
        assert_eq!(told.hasty, 0, "{:?}", told.statuses);
        assert_eq!(accepted(&crowd.db).len(), all, "{:?}", told.statuses);
        is_kept(&crowd.db, &told.acknowledged);
        is_whole(&crowd.db);
        verifies(&crowd.db);
    }
}
