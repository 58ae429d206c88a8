package org.almagest.storage.recovery;

import java.io.IOException;
import java.nio.file.Path;
import org.almagest.runtime.RandomSource;
import org.almagest.storage.fs.DiskStorage;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.StoreIdentity;

/** A process that takes a lease, says so, and waits to be killed. */
final class LeaseHolder {
    private LeaseHolder() {}

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LeaseHolder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Takes the folder of a store. */
    public static void main(String[] arguments) throws IOException {
        try (DiskStorage storage = DiskStorage.open(Path.of(arguments[0]))) {
            Lease lease = new Leases(storage)
                    .takeNewest(new ManifestStore(storage, new StoreIdentity(1, 2)), RandomSource.secure())
                    .orElseThrow();
            System.out.println(lease.version() + (lease.isHeld() ? " held" : " not held"));
            System.out.flush();
            while (System.in.read() >= 0) {
                // whoever started this ends it
            }
        }
    }
}
