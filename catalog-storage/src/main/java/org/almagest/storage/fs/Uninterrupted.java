package org.almagest.storage.fs;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Keeps an interrupt of the calling thread from failing a call that has to go through an interruptible channel. */
final class Uninterrupted {
    /** A call over a channel that it opens, uses and closes by itself, and that may be made twice. */
    interface Call<T> {
        T run() throws IOException;
    }

    private Uninterrupted() {}

    /** Makes the call until no interrupt comes in between; the thread's interrupt status is as if nothing were. */
    static <T> T call(Call<T> call) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return call.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
