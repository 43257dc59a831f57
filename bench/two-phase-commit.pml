/* The twin of model/examples/two-phase-commit.ts: -DN=9 is the number of resource managers, at most 12. Each step of the
   model is one d_step of one process, so that distinct states and transitions are counted alike. `consistent` is asserted
   where a step may break it. */
mtype = { working, prepared, committed, aborted };

mtype rmState[N] = working;
mtype tmState = working;
bit tmPrepared[N];
bit sentPrepared[N];
bit sentCommit;
bit sentAbort;

/* 0 between steps. */
byte i;

inline none(other) {
  i = 0;
  do
  :: i < N -> assert(rmState[i] != other); i++
  :: else -> break
  od;
  i = 0
}

#define manager(rm) \
  :: d_step { tmState == working && sentPrepared[rm] -> tmPrepared[rm] = 1 } \
  :: d_step { rmState[rm] == working -> rmState[rm] = prepared; sentPrepared[rm] = 1 } \
  :: d_step { rmState[rm] == working -> rmState[rm] = aborted; none(committed) } \
  :: d_step { sentCommit -> rmState[rm] = committed; none(aborted) } \
  :: d_step { sentAbort -> rmState[rm] = aborted; none(committed) }

#define ALL(rm) (rm >= N || tmPrepared[(rm) % N])

active proctype system() {
  do
  :: d_step {
       tmState == working && ALL(0) && ALL(1) && ALL(2) && ALL(3) && ALL(4) && ALL(5) && ALL(6) && ALL(7) && ALL(8) &&
       ALL(9) && ALL(10) && ALL(11) ->
       tmState = committed; sentCommit = 1
     }
  :: d_step { tmState == working -> tmState = aborted; sentAbort = 1 }
  manager(0)
  manager(1)
#if N > 2
  manager(2)
#endif
#if N > 3
  manager(3)
#endif
#if N > 4
  manager(4)
#endif
#if N > 5
  manager(5)
#endif
#if N > 6
  manager(6)
#endif
#if N > 7
  manager(7)
#endif
#if N > 8
  manager(8)
#endif
#if N > 9
  manager(9)
#endif
#if N > 10
  manager(10)
#endif
#if N > 11
  manager(11)
#endif
  od
}
