package org.almagest.storage.commit;

import org.almagest.storage.run.Snapshot;

/** Work on log and manifest that waits its turn among the changes and changes nothing itself. */
enum Turn implements Change<Boolean> {
    /** Writes what is in memory to segments. */
    FLUSH,
    /** Flushes and marks the log as cleanly closed. */
    CLOSE;

    @Override
    public long encodedBytes() {
        return 0;
    }

    @Override
    public Decision<Boolean> decide(Snapshot before, Snapshot.Stamp stamp) {
        return Decision.nothing(true, before);
    }
}
