package org.almagest.server.cli.serve;

import java.nio.file.Path;
import java.util.List;
import org.almagest.error.StorageFailedException;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.ServerFolder;
import org.almagest.server.keys.UsageFile;
import org.almagest.server.keys.UsageFile.Saved;
import org.almagest.server.log.AuditLine;
import org.almagest.server.log.AuditLog;

/** The keys of the folder that the user named, and the log of who changed them. */
final class KeyAccess {
    private static final String AUDIT = "audit";

    private final ServerFolder folder;
    private final ApiKeys keys;
    private final AuditLog audit;

    private KeyAccess(Path data) {
        this.folder = ServerFolder.in(data);
        this.keys = new ApiKeys(folder, Clock.system(), RandomSource.secure());
        this.audit = AuditLog.in(folder.path().resolve(AUDIT), Clock.system());
    }

    /** Returns the keys of a folder that must be there. */
    static KeyAccess existing(Session session) {
        return new KeyAccess(session.store().requiredFolder());
    }

    /** Returns the keys of a folder that is made where it is missing. */
    static KeyAccess made(Session session) {
        return new KeyAccess(session.folder());
    }

    ApiKeys keys() {
        return keys;
    }

    /** Returns what a server has written down about who used which key. */
    Saved usage() {
        return new UsageFile(folder).read();
    }

    ServerFolder folder() {
        return folder;
    }

    /** Writes down what was done to a key, by whom. */
    void told(String what, ApiKey key) {
        told(AuditLine.of(who(), key.tenant(), what, key.id())
                .with("label", key.label())
                .with("grants", key.grants()));
    }

    /** Writes down what was done to keys: each that can be, although another cannot. */
    void told(String what, List<ApiKey> each) {
        StorageFailedException failure = null;
        for (ApiKey key : each) {
            try {
                told(what, key);
            } catch (StorageFailedException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Writes down what was done. */
    void told(String what) {
        told(AuditLine.of(who(), "", what, ""));
    }

    private void told(AuditLine line) {
        audit.append(line);
    }

    private static String who() {
        return "cli:" + System.getProperty("user.name", "");
    }
}
