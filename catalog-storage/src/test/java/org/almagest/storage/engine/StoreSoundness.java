package org.almagest.storage.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.recovery.StoreFolder;
import org.almagest.storage.segment.SegmentIdentity;
import org.almagest.storage.segment.SegmentReader;
import org.almagest.storage.segment.SegmentRef;

/** Checks every byte of every segment that the newest manifest of a closed store names. */
final class StoreSoundness {
    private StoreSoundness() {}

    static List<String> findings(Storage storage) {
        try {
            List<String> findings = new ArrayList<>();
            StoreIdentity store = new StoreFolder(storage).format().store();
            ManifestStore manifests = new ManifestStore(storage, store);
            Manifest manifest = manifests.read(manifests.newestVersion().orElseThrow());
            for (SegmentEntry entry : manifest.segments()) {
                SegmentEntry.Location place = entry.location();
                String name = DataFiles.segment(place.fileNumber());
                SegmentIdentity identity =
                        new SegmentIdentity(store.high(), store.low(), place.fileNumber(), entry.collection());
                try (MappedBytes bytes = storage.map(name, place.offset(), place.length())) {
                    SegmentReader.open(
                                    bytes,
                                    place.offset(),
                                    new SegmentRef(identity, place.offset(), place.length(), place.sha256()))
                            .verify()
                            .forEach(finding -> findings.add(name + ": " + finding));
                }
            }
            return findings;
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }
}
