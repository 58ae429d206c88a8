package org.almagest.storage.commit;

import org.almagest.storage.run.Snapshot;

/** Work on log and manifest that waits its turn among the changes and changes nothing itself. */
enum Turn implements Change<Boolean> {
    /** Writes what is in memory to segments. */
    FLUSH,
    /** Takes over what workers have finished, and gives back space. */
    TEND,
    /** Compacts as far as it goes; the log thread only begins it. */
    COMPACT,
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
