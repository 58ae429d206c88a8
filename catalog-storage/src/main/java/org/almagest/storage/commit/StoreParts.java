package org.almagest.storage.commit;

import java.time.Duration;
import java.util.Map;
import org.almagest.model.Limits;
import org.almagest.runtime.Clock;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.metadata.StoreIdentity;

/**
 * What every part of an open store shares.
 *
 * @param storage the files
 * @param identity what the files of this store are known by
 * @param limits the bounds
 * @param historyRetention how long deleted rows stay readable in earlier versions
 * @param clock tells the time of commits
 * @param scheduler runs the store's workers
 * @param poison the stopped state
 * @param facts what opening found, by name, for statistics
 */
public record StoreParts(
        Storage storage,
        StoreIdentity identity,
        Limits limits,
        Duration historyRetention,
        Clock clock,
        Scheduler scheduler,
        Poison poison,
        Map<String, Long> facts) {}
