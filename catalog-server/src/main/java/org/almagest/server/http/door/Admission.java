package org.almagest.server.http.door;

import org.almagest.io.stac.exchange.StacCaller;

/** Decides who may come in, before anything of a body is read. Safe for use by several threads. */
public interface Admission {
    /** Lets everybody in, to do everything, and takes turns by address. */
    Admission OPEN = arrival -> Verdict.admitted(new Guest() {
        @Override
        public StacCaller caller() {
            return StacCaller.ANYBODY;
        }

        @Override
        public String queue() {
            return arrival.address().getHostAddress();
        }
    });

    /** Decides about one request; called in an event loop, so it takes microseconds and never blocks. */
    Verdict admit(Arrival arrival);
}
