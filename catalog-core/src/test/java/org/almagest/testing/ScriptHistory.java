package org.almagest.testing;

import java.util.OptionalLong;
import org.almagest.query.Query;

/** Steps of a random script that ask for what was. */
final class ScriptHistory {
    private ScriptHistory() {}

    /** Leases the newest version. */
    record Lease() implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            return "leased " + session.relative(session.lease());
        }
    }

    /** Lets go of all leases. */
    record EndLeases() implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            session.endLeases();
            return "";
        }
    }

    /** Asks a leased version. */
    record AskLeased(int lease, ScriptOperation.Scope scope, Query query, long pageRows) implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            return askAt(session, session.leased(lease), scope, query, pageRows);
        }

        @Override
        public String toString() {
            return "AskLeased[" + lease + " " + scope + " " + QueryText.of(query) + ", pages of " + pageRows + "]";
        }
    }

    /** Asks the version that was the newest some steps ago, where that is kept for sure. */
    record AskEarlier(int steps, ScriptOperation.Scope scope, Query query, long pageRows) implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            return askAt(session, session.versionBefore(steps), scope, query, pageRows);
        }

        @Override
        public String toString() {
            return "AskEarlier[" + steps + " steps " + scope + " " + QueryText.of(query) + ", pages of " + pageRows
                    + "]";
        }
    }

    private static String askAt(
            ScriptSession session, OptionalLong version, ScriptOperation.Scope scope, Query query, long pageRows) {
        if (version.isEmpty()) {
            return "no such version";
        }
        Query pinned = query.toBuilder().version(version.getAsLong()).build();
        return new ScriptOperation.Ask(scope, pinned, pageRows).run(session);
    }
}
