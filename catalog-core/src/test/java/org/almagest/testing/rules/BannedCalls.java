package org.almagest.testing.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.ArrayList;
import java.util.List;

/** Calls that reach the disk, the clock, randomness or threads, and the few packages that may make them. */
final class BannedCalls {
    private static final String DISK = "org.almagest.storage.fs";
    private static final String RUNTIME = "org.almagest.runtime";
    private static final String IO = "org.almagest.io";
    private static final String SERVER = "org.almagest.server";
    private static final String BENCH = "org.almagest.bench";
    private static final String SAMPLES = "org.almagest.samples";

    private static final List<Ban> BANS = List.of(
            ban("java.nio.file.Files", "*", DISK, IO, SERVER, BENCH, SAMPLES),
            ban("java.nio.channels.FileChannel", "*", DISK, SERVER + ".keys", SERVER + ".log"), // locks, forced names
            ban("java.io.RandomAccessFile", "*", DISK),
            ban("java.io.FileInputStream", "*"),
            ban("java.io.FileOutputStream", "*", "org.almagest.server.cli"), // unlike System.out it tells of failures
            ban("java.io.FileReader", "*"),
            ban("java.io.FileWriter", "*"),
            ban("java.nio.ByteBuffer", "allocateDirect", DISK, "org.almagest.storage.cache", BENCH),
            ban("java.lang.System", "currentTimeMillis", RUNTIME, SERVER, BENCH, SAMPLES),
            ban("java.lang.System", "nanoTime", RUNTIME, SERVER, BENCH, SAMPLES),
            ban("java.lang.System", "exit", "org.almagest.server.cli", "org.almagest.server.main", BENCH),
            ban("java.time.Instant", "now", RUNTIME, SERVER, BENCH, SAMPLES),
            ban("java.time.Clock", "systemUTC", RUNTIME, SERVER, BENCH, SAMPLES),
            ban("java.time.Clock", "systemDefaultZone"),
            ban("java.util.Random", "<init>"),
            ban("java.util.SplittableRandom", "<init>", RUNTIME, IO + ".synthetic", BENCH),
            ban("java.util.concurrent.ThreadLocalRandom", "*"),
            ban("java.security.SecureRandom", "<init>", RUNTIME, SERVER),
            ban("java.lang.Math", "random"),
            ban("java.util.UUID", "randomUUID", RUNTIME),
            ban("java.util.UUID", "compareTo"),
            ban("java.lang.Thread", "sleep", RUNTIME),
            ban("java.lang.Thread", "<init>", RUNTIME, "org.almagest.storage.engine", SERVER, BENCH),
            ban("java.util.concurrent.Executors", "*", RUNTIME, "org.almagest.storage.engine", SERVER, BENCH, SAMPLES),
            ban("sun.misc.Unsafe", "*"));

    private BannedCalls() {}

    private static Ban ban(String owner, String member, String... allowedIn) {
        return new Ban(owner, member, List.of(allowedIn));
    }

    /** Returns one line per banned call of a class. */
    static List<String> in(JavaClass type) {
        List<String> found = new ArrayList<>();
        for (JavaCodeUnitAccess<?> call : type.getCodeUnitAccessesFromSelf()) {
            for (Ban ban : BANS) {
                if (ban.refuses(call, type.getPackageName())) {
                    found.add(call.getDescription() + ": allowed in " + ban.allowedIn());
                }
            }
        }
        return found;
    }

    private record Ban(String owner, String member, List<String> allowedIn) {
        boolean refuses(JavaCodeUnitAccess<?> call, String packageName) {
            return call.getTargetOwner().getName().equals(owner)
                    && (member.equals("*") || call.getName().equals(member))
                    && allowedIn.stream()
                            .noneMatch(name -> packageName.equals(name) || packageName.startsWith(name + "."));
        }
    }
}
