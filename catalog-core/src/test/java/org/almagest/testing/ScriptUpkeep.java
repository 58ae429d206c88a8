package org.almagest.testing;

import java.time.Duration;
import org.almagest.Collection;
import org.almagest.Maintenance;
import org.almagest.model.Retention;
import org.jspecify.annotations.Nullable;

/** Steps of a random script that look after the store; apart from retention they must not change any answer. */
final class ScriptUpkeep {
    private ScriptUpkeep() {}

    /** Closes the catalog and opens it again. */
    record Reopen() implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            session.reopen();
            return "";
        }
    }

    /** Cuts the power and opens what is left. */
    record Crash(long seed) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            session.crash(seed);
            return "";
        }
    }

    /** Writes what is in memory to disk, where the catalog has one. */
    record Flush() implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            session.catalog().maintenance().ifPresent(Maintenance::flush);
            return "";
        }
    }

    /** Brings what is on disk into its best form. */
    record Compact() implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            session.catalog().maintenance().ifPresent(Maintenance::compact);
            return "";
        }
    }

    /** Lets days pass and applies what that brings. */
    record Expire(int days) implements ScriptOperation {
        @Override
        public Duration pause() {
            return Duration.ofDays(days);
        }

        @Override
        public String run(ScriptSession session) {
            session.closeHeld(); // open answers do not last for days
            return session.catalog().maintenance().orElseThrow().expire() + " expired";
        }
    }

    /** Sets how long a collection keeps its rows; null for ever. */
    record KeepFor(String slug, String name, @Nullable Retention retention) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Collection collection = session.collection(slug, name);
            String before = collection.retention().toString();
            if (retention == null) {
                collection.clearRetention();
            } else {
                collection.putRetention(retention);
            }
            return before + " " + collection.retention() + " "
                    + session.catalog().maintenance().orElseThrow().expire();
        }
    }
}
