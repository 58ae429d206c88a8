package org.almagest.storage.scan;

import org.almagest.storage.run.FieldCursor;
import org.jspecify.annotations.Nullable;

/**
 * The cursors that one answer reads with, a bounded number however many runs are merged; for one thread.
 *
 * <p>A cursor holds some 25 KiB of what it found out about its page. The run that came longest ago hands its cursor on,
 * and takes another run's when it is read again: then only the page has to be looked at anew.
 */
final class OpenCursors {
    static final int COUNT_MAX = 128;

    private final @Nullable RowTest[] holders = new @Nullable RowTest[COUNT_MAX];
    private int next;

    /** Returns a cursor for a run, which keeps it until another one needs it. */
    FieldCursor open(RowTest holder) {
        RowTest earlier = holders[next];
        FieldCursor spent = earlier == null || earlier == holder
                ? null
                : earlier.handOn(holder.tests().schema());
        holders[next] = holder;
        next = (next + 1) % COUNT_MAX;
        return spent == null
                ? holder.run().borrow(holder.tests().schema())
                : holder.run().reuse(spent, holder.tests().schema());
    }
}
