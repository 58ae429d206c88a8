package org.almagest.storage.recovery;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.InvalidRequestException;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.WholeFiles;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.FormatFile;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.metadata.TombstoneRef;

/**
 * The folder of a store: its layout when it is made, and what must hold about its files when it is opened.
 *
 * <p>A store exists from the moment its {@code FORMAT} file has a name; everything that a crash before that leaves
 * behind is made again.
 */
public final class StoreFolder {
    /** The file that carries the writer's lock; never opened by anything else. */
    public static final String LOCK = "LOCK";

    /** The file that tells who holds the lock, for messages only. */
    public static final String OWNER = "OWNER";

    /** The file of totals over all writers, for people only. */
    public static final String TOTALS = "TOTALS";

    /** The folder of unfinished files, emptied when a writer opens the store. */
    public static final String TEMPORARY = "tmp";

    /** The folder of the locks that reading processes hold. */
    public static final String LEASES = "lease";

    private static final String DATA = DataFiles.FOLDER;
    private static final String WAL = "wal";
    private static final String MANIFESTS = ManifestStore.FOLDER;
    private static final String QUARANTINE = "quarantine";
    private static final String TEMPORARY_FORMAT = TEMPORARY + "/" + FormatFile.NAME;

    /** Those of a server are not this store's: its keys, and the stores of its other tenants. */
    private static final Set<String> SERVER_NAMES = Set.of("server", "tenants");

    private static final Set<String> OWN_NAMES =
            Set.of(LOCK, OWNER, TOTALS, TEMPORARY, LEASES, DATA, WAL, MANIFESTS, QUARANTINE, "lost+found");

    private final Storage storage;

    /** Looks at the folder behind a storage; does nothing yet. */
    public StoreFolder(Storage storage) {
        this.storage = storage;
    }

    /** Tells whether there is a store. */
    public boolean isStore() throws IOException {
        return storage.size(FormatFile.NAME) != Storage.NO_FILE;
    }

    /**
     * Refuses a folder that is no store and cannot become one.
     *
     * @throws InvalidRequestException if it holds files of somebody else
     */
    public void checkUsable() throws IOException {
        if (isStore()) {
            return;
        }
        for (String name : storage.list(Storage.ROOT)) {
            if (!OWN_NAMES.contains(name) && !SERVER_NAMES.contains(name) && !isStore(name)) {
                throw new InvalidRequestException(
                        "store", "not a store and not empty: holds \"" + name + "\" (expected an empty folder)");
            }
        }
    }

    /** A folder inside that is a store of its own is no hindrance: the quickstart makes one in the default folder. */
    private boolean isStore(String name) {
        try {
            return storage.size(name + "/" + FormatFile.NAME) != Storage.NO_FILE;
        } catch (IOException e) {
            return false; // a file, which has no files in it
        }
    }

    /**
     * Makes a store of an empty folder, or of one that a crash left half made.
     *
     * @throws InvalidRequestException if the folder holds files of somebody else
     */
    public void create(StoreIdentity identity, UUID namespace) throws IOException {
        checkUsable();
        for (String directory : List.of(DATA, WAL, MANIFESTS, TEMPORARY, LEASES, QUARANTINE)) {
            storage.mkdir(directory);
        }
        for (int i = 0; i < DataFiles.FOLDER_COUNT; i++) {
            storage.mkdir(DataFiles.folder(i));
        }
        storage.syncDir(DATA, Barrier.DATA_DIR_SYNC);
        if (storage.enforces(Barrier.TEMP_THEN_PUBLISH)) {
            storage.delete(TEMPORARY_FORMAT);
            FormatFile format = FormatFile.create(identity, namespace);
            WholeFiles.write(storage, TEMPORARY_FORMAT, format.encode(), Barrier.FORMAT_FORCE);
            storage.publish(TEMPORARY_FORMAT, FormatFile.NAME);
        } else {
            WholeFiles.write(
                    storage,
                    FormatFile.NAME,
                    FormatFile.create(identity, namespace).encode(),
                    Barrier.FORMAT_FORCE);
        }
        storage.syncDir(Storage.ROOT, Barrier.STORE_DIR_SYNC);
    }

    /** Reads the FORMAT file. */
    public FormatFile format() throws IOException {
        try {
            return FormatFile.decode(WholeFiles.read(storage, FormatFile.NAME, 4096));
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Deletes unfinished files; a writer's business. */
    public void emptyTemporary() throws IOException {
        for (String name : storage.list(TEMPORARY)) {
            storage.delete(TEMPORARY + "/" + name);
        }
    }

    /**
     * Checks that every data file that a manifest names is there and long enough.
     *
     * @throws CorruptStoreException naming the first that is not
     */
    public void checkDataFiles(Manifest manifest) throws IOException {
        for (Map.Entry<String, Long> file : lengths(manifest).entrySet()) {
            checkLength(file.getKey(), file.getValue());
        }
    }

    /** Returns the names of the data files that a manifest names, from the root of the store. */
    public static Set<String> dataFiles(Manifest manifest) {
        return lengths(manifest).keySet();
    }

    /** Returns the data files that a manifest names, with the end of the last part that it names in each. */
    private static Map<String, Long> lengths(Manifest manifest) {
        // Many segments share a file, so names are made once for each file.
        Map<DataFile, Long> ends = new LinkedHashMap<>();
        DataFile file = null;
        for (SegmentEntry segment : manifest.segments()) {
            SegmentEntry.Location place = segment.location();
            if (file == null || file.number() != place.fileNumber()) {
                file = new DataFile(DataFile.Kind.SEGMENTS, place.fileNumber());
            }
            reach(file, place.offset() + place.length(), ends);
            TombstoneRef dead = segment.tombstones();
            if (dead != null) {
                reach(new DataFile(DataFile.Kind.TOMBSTONES, dead.fileNumber()), dead.offset() + dead.length(), ends);
            }
        }
        Map<String, Long> named = new LinkedHashMap<>();
        for (Map.Entry<DataFile, Long> end : ends.entrySet()) {
            named.put(end.getKey().name(), end.getValue());
        }
        return named;
    }

    private static void reach(DataFile file, long end, Map<DataFile, Long> ends) {
        Long before = ends.get(file);
        if (before == null || before < end) {
            ends.put(file, end);
        }
    }

    private void checkLength(String name, long expected) throws IOException {
        long size = storage.size(name);
        if (size == Storage.NO_FILE) {
            throw new CorruptStoreException("data file: missing (the manifest names it)", name, 0);
        }
        if (size < expected) {
            throw new CorruptStoreException("data file: " + size + " bytes (at least " + expected + ")", name, size);
        }
    }

    /**
     * Deletes data files that nobody needs: those that neither the newest manifest nor one that is still read names.
     *
     * <p>Files with names of another kind are left alone.
     *
     * @param stillRead manifests that reading processes hold a lease on
     */
    public void deleteOrphans(Manifest newest, Collection<Manifest> stillRead) throws IOException {
        Set<String> named = named(newest, stillRead);
        for (int i = 0; i < DataFiles.FOLDER_COUNT; i++) {
            deleteOrphans(DataFiles.folder(i), named, Long.MAX_VALUE);
        }
    }

    /**
     * Deletes data files that nobody needs where the next ones will be written, so that none has the name of one.
     *
     * <p>After a clean close there is hardly ever one, and looking into all folders takes longer than the rest of an
     * opening: {@link #deleteOldOrphans} does that later.
     */
    public void deleteOrphansAhead(Manifest newest, Collection<Manifest> stillRead) throws IOException {
        Set<String> named = named(newest, stillRead);
        String first = DataFiles.folderOf(newest.nextFileNumber());
        deleteOrphans(first, named, Long.MAX_VALUE);
        String second = DataFiles.folderOf(newest.nextFileNumber() + DataFiles.NUMBERS_PER_FOLDER);
        deleteOrphans(second, named, Long.MAX_VALUE);
    }

    /** Deletes data files that nobody needs while others are written: those with numbers that were given before. */
    public void deleteOldOrphans(Manifest claimed, Collection<Manifest> stillRead) throws IOException {
        Set<String> named = named(claimed, stillRead);
        for (int i = 0; i < DataFiles.FOLDER_COUNT; i++) {
            deleteOrphans(DataFiles.folder(i), named, claimed.nextFileNumber());
        }
    }

    private static Set<String> named(Manifest newest, Collection<Manifest> stillRead) {
        Set<String> named = new HashSet<>(dataFiles(newest));
        for (Manifest manifest : stillRead) {
            named.addAll(dataFiles(manifest));
        }
        return named;
    }

    private void deleteOrphans(String folder, Set<String> named, long end) throws IOException {
        for (String name : storage.list(folder)) {
            String path = folder + "/" + name;
            OptionalLong number = DataFiles.numberOf(folder, name);
            if (number.isPresent() && number.getAsLong() < end && !named.contains(path)) {
                storage.delete(path);
            }
        }
    }
}
