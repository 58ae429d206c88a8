package org.almagest.server.log;

import java.util.List;

/** Told what happens in the server; quick, safe for use by several threads, never throws. */
public interface Observer {
    /** Hears of everything and does nothing. */
    Observer NONE = new Observer() {};

    /** A request has ended, whatever its end; once for each. */
    default void finished(Exchanged exchange) {}

    /** A request was refused before it reached a store; {@link #finished} follows. */
    default void refused(Refusal why) {}

    /** A connection was closed by the server, or its client left. */
    default void closed(Closing why) {}

    /** Something happened that belongs to no request. */
    default void event(Event event) {}

    /** Returns an observer that tells all of these, in order. */
    static Observer all(List<Observer> observers) {
        List<Observer> each = List.copyOf(observers);
        return new Observer() {
            @Override
            public void finished(Exchanged exchange) {
                each.forEach(one -> one.finished(exchange));
            }

            @Override
            public void refused(Refusal why) {
                each.forEach(one -> one.refused(why));
            }

            @Override
            public void closed(Closing why) {
                each.forEach(one -> one.closed(why));
            }

            @Override
            public void event(Event event) {
                each.forEach(one -> one.event(event));
            }
        };
    }
}
