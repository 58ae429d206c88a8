package org.almagest.storage.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.FileExistsIOException;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageNames;
import org.almagest.storage.fs.WholeFiles;
import org.almagest.storage.metadata.DecodedManifest;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The chain of manifests: {@code manifest/<version>.man}, the version in decimal with at least eight digits.
 *
 * <p>A publish has three steps, so that a caller can hold a lock around the middle one alone: {@link #prepare} writes
 * and forces under a temporary name, {@link #link} gives the name unless it exists, {@link #sync} makes the name
 * durable and is the commit point. Has no state of its own but what {@link #readAsLast} keeps; safe to share between
 * threads.
 */
public final class ManifestStore {
    /** The folder of all manifests. */
    public static final String FOLDER = "manifest";

    /** The most bytes of datasets and collections that leave room for the segments of a manifest. */
    public static final long METADATA_BYTES_MAX = ManifestFormat.BODY_BYTES_MAX / 2;

    private static final String TEMPORARY_FOLDER = "tmp";
    private static final int DIGITS_MIN = 8;
    private static final String ENDING = ".man";

    private final Storage storage;
    private final StoreIdentity store;
    private volatile @Nullable DecodedManifest kept;

    /** The manifests of one store. */
    public ManifestStore(Storage storage, StoreIdentity store) {
        this.storage = storage;
        this.store = store;
    }

    /** A manifest that is written and forced and waits for its name. */
    public record Prepared(long version, String temporary, long bytes) {}

    /** How giving a manifest its name ended. */
    public enum Publication {
        /** It has its name. */
        LINKED,
        /** Somebody else gave the name to another: this writer has lost the store and stops. */
        ALREADY_EXISTS
    }

    /** Returns the name of a manifest from the root of the store. */
    public static String name(long version) {
        return FOLDER + "/" + fileName(version);
    }

    private static String fileName(long version) {
        return StorageNames.digits(version, DIGITS_MIN) + ENDING;
    }

    /** Returns the versions there are, ascending; entries of the folder with other names are left out. */
    public List<Long> versions() throws IOException {
        List<Long> versions = new ArrayList<>();
        for (String name : storage.list(FOLDER)) {
            long version = StorageNames.number(name, DIGITS_MIN, ENDING);
            if (version >= 1 && name.equals(fileName(version))) {
                versions.add(version);
            }
        }
        versions.sort(null);
        return versions;
    }

    /** Returns the highest version; empty in a store without a manifest. */
    public OptionalLong newestVersion() throws IOException {
        List<Long> versions = versions();
        return versions.isEmpty() ? OptionalLong.empty() : OptionalLong.of(versions.get(versions.size() - 1));
    }

    /** Tells whether there is a manifest of this version; the check before an acknowledgement. */
    public boolean exists(long version) throws IOException {
        return storage.size(name(version)) != Storage.NO_FILE;
    }

    /**
     * Reads a manifest; never another one in its place.
     *
     * @throws org.almagest.storage.fs.FileMissingIOException if there is none of this version
     * @throws CorruptStoreException if the file does not hold what was written under its name
     * @throws UnsupportedFormatException if its format is unknown to this build
     */
    public Manifest read(long version) throws IOException {
        return decoded(version).manifest();
    }

    /** Reads the manifest that the next ones follow, as {@link #read} does, and keeps its bytes for them. */
    public Manifest readAsLast(long version) throws IOException {
        DecodedManifest last = decoded(version);
        kept = last;
        return last.manifest();
    }

    /** Lets go of the bytes that {@link #readAsLast} has kept. */
    public void letGo() {
        kept = null;
    }

    private DecodedManifest decoded(long version) throws IOException {
        String name = name(version);
        long size = storage.size(name);
        if (size > ManifestFormat.FILE_BYTES_MAX) {
            throw new CorruptStoreException(
                    "manifest: size: " + size + " bytes (at most " + ManifestFormat.FILE_BYTES_MAX + ")", name, 0);
        }
        try {
            ByteBuffer bytes = WholeFiles.read(storage, name, ManifestFormat.FILE_BYTES_MAX);
            DecodedManifest decoded = ManifestFormat.decode(bytes, store, version, name);
            assert decoded.manifest().version() == version : decoded.manifest().version();
            return decoded;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /**
     * Writes a manifest under a temporary name and forces it. Nothing is published if this fails.
     *
     * @throws org.almagest.storage.fs.NoSpaceIOException if there is no space: harmless, may be tried again
     */
    public Prepared prepare(Manifest next) throws IOException {
        ByteBuffer bytes = ManifestFormat.encode(next, kept, store);
        long size = bytes.remaining();
        // A writer that lost its lock has another epoch, and so never touches what this one has prepared.
        // With the rule switched off this writes in place, which the crash tests must catch.
        String temporary = storage.enforces(Barrier.TEMP_THEN_PUBLISH)
                ? TEMPORARY_FOLDER + "/" + next.epoch() + "-" + fileName(next.version())
                : name(next.version());
        if (!temporary.equals(name(next.version()))) {
            storage.delete(temporary); // of an earlier attempt, or of a process that died between the steps
        }
        WholeFiles.write(storage, temporary, bytes, Barrier.MANIFEST_FORCE);
        return new Prepared(next.version(), temporary, size);
    }

    /** Gives a prepared manifest its name, unless the name exists; not durable before {@link #sync}. */
    public Publication link(Prepared prepared) throws IOException {
        assert prepared.version() >= 1 : prepared;
        if (prepared.temporary().equals(name(prepared.version()))) {
            return Publication.LINKED;
        }
        try {
            storage.publish(prepared.temporary(), name(prepared.version()));
            return Publication.LINKED;
        } catch (FileExistsIOException e) {
            return Publication.ALREADY_EXISTS;
        }
    }

    /** Makes the names of all linked manifests durable: the commit point. */
    public void sync() throws IOException {
        storage.syncDir(FOLDER, Barrier.MANIFEST_DIR_SYNC);
    }

    /** Deletes all manifests but those from {@code newest - 1} on and those from the first pinned one on. */
    public void deleteOld(long newest, long firstPinned) throws IOException {
        for (long version : versions()) {
            if (version < newest - 1 && version < firstPinned) {
                storage.delete(name(version));
            }
        }
    }
}
