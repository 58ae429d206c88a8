package org.almagest.storage.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.NotFoundException;
import org.almagest.model.Datapoint;
import org.almagest.schema.Field;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.DiskStorage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.recovery.StoreFolder;
import org.almagest.storage.tombstone.TombstoneWriter;
import org.almagest.storage.tombstone.Tombstones;
import org.almagest.storage.tombstone.Tombstones.Deletion;
import org.almagest.storage.tool.Verifier.Depth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

class VerifierTest {
    @TempDir
    Path folder;

    private static List<Datapoint> rows(int from, int to) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(Datapoint.at(Instant.ofEpochSecond(1_700_000_000L + i * 3600L))
                    .geometry("POLYGON ((170 0, -170 0, -170 " + (1 + i % 80) + ", 170 10, 170 0))")
                    .set("name", "granule " + i)
                    .build());
        }
        return rows;
    }

    private static Collection collection(Catalog catalog) {
        return catalog.createDataset(DatasetSpec.spatioTemporal("a.granules")
                        .field(Field.string("name"))
                        .key("name")
                        .build())
                .createCollection("all");
    }

    @Test
    void findsNothingInASoundStoreWhileAWriterHoldsIt() {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection collection = collection(catalog);
            collection.ingest(rows(0, 500));
            catalog.maintenance().orElseThrow().flush();
            collection.ingest(rows(250, 600));
            VerifyReport report = Verifier.verify(folder, Depth.ROWS);
            assertEquals(List.of(), report.findings());
            assertEquals(600, report.rowCount());
            assertEquals(1, report.frameCount(), "the second ingest is in the log only");
        }
        VerifyReport closed = Verifier.verify(folder, Depth.ROWS);
        assertTrue(closed.isClean(), closed.findings()::toString);
        assertEquals(600, closed.rowCount());
        assertEquals(List.of(), closed.notes());
    }

    @Test
    void namesTheFileThatWasDamaged() throws IOException {
        try (Catalog catalog = Catalog.open(folder)) {
            collection(catalog).ingest(rows(0, 500));
        }
        Path segment = onlyFile(folder.resolve("data"), ".seg");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        VerifyReport report = Verifier.verify(folder, Depth.BYTES);
        assertFalse(report.isClean());
        String expected = folder.relativize(segment).toString();
        assertTrue(report.findings().stream().allMatch(finding -> finding.file().equals(expected)));
    }

    @Test
    void notesFilesThatNobodyNames() throws IOException {
        try (Catalog catalog = Catalog.open(folder)) {
            collection(catalog).ingest(rows(0, 5));
        }
        Files.write(folder.resolve("data/00/0000fe.seg"), new byte[10]);
        VerifyReport report = Verifier.verify(folder, Depth.BYTES);
        assertTrue(report.isClean());
        assertEquals(List.of("data file that no manifest names: data/00/0000fe.seg"), report.notes());
    }

    @Test
    void readsTombstonesAndNamesTheirFileWhenItWasDamaged() throws IOException {
        try (Catalog catalog = Catalog.open(folder)) {
            collection(catalog).ingest(rows(0, 50));
        }
        Path tombstones = folder.resolve(kill(7));
        VerifyReport sound = Verifier.verify(folder, Depth.ROWS);
        assertTrue(sound.isClean(), sound.findings()::toString);
        assertEquals(List.of(), sound.notes());
        byte[] bytes = Files.readAllBytes(tombstones);
        bytes[bytes.length / 2] ^= 1;
        Files.write(tombstones, bytes);
        VerifyReport damaged = Verifier.verify(folder, Depth.BYTES);
        assertEquals(1, damaged.findings().size(), damaged.findings()::toString);
        assertEquals(
                folder.relativize(tombstones).toString(),
                damaged.findings().get(0).file());
    }

    /** Publishes a manifest in which a row of the only segment is dead; returns the name of the new file. */
    private String kill(int row) throws IOException {
        try (DiskStorage storage = DiskStorage.open(folder)) {
            StoreIdentity identity = new StoreFolder(storage).format().store();
            ManifestStore manifests = new ManifestStore(storage, identity);
            Manifest last = manifests.read(manifests.newestVersion().orElseThrow());
            long number = last.nextFileNumber();
            TombstoneRef ref;
            try (AppendFile file = storage.createNew(DataFiles.tombstones(number))) {
                Deletion deletion = new Deletion(last.flushedSequence(), 1, RoaringBitmap.bitmapOf(row));
                ref = new TombstoneWriter(file, identity, number)
                        .append(last.segments().get(0), Tombstones.NONE.with(deletion));
            }
            manifests.link(manifests.prepare(last.successor()
                    .nextFileNumber(number + 1)
                    .mapSegments(segment -> segment.with(ref))
                    .build()));
            return DataFiles.tombstones(number);
        }
    }

    @Test
    void refusesAFolderWithoutAStore() {
        assertThrows(NotFoundException.class, () -> Verifier.verify(folder, Depth.BYTES));
        assertThrows(NotFoundException.class, () -> Verifier.verify(folder.resolve("absent"), Depth.BYTES));
    }

    @Test
    void aStoreThatACrashLeftHalfMadeIsNoneYet() throws IOException {
        Catalog.open(folder).close();
        try (Stream<Path> manifests = Files.list(folder.resolve("manifest"))) {
            for (Path manifest : manifests.toList()) {
                Files.delete(manifest);
            }
        }
        try (Stream<Path> logs = Files.list(folder.resolve("wal"))) {
            for (Path log : logs.toList()) {
                Files.delete(log);
            }
        }
        assertThrows(NotFoundException.class, () -> Verifier.verify(folder, Depth.ROWS));
        assertThrows(NotFoundException.class, () -> Catalog.open(folder, CatalogOptions.readOnly()));
        Catalog.open(folder).close();
        assertTrue(Verifier.verify(folder, Depth.ROWS).isClean());
    }

    private static Path onlyFile(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertEquals(1, found.size(), found::toString);
            return found.get(0);
        }
    }
}
