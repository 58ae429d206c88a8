package org.almagest.storage.fs;

import java.util.Locale;
import java.util.Set;

/**
 * What a store lies on, as far as that decides whether it may.
 *
 * @param type the operating system's name of the file system, as in {@code ext4}
 */
public record FileSystemKind(String type, Medium medium) {
    /** What a file system promises. */
    public enum Medium {
        /** A file system on a disk of this machine. */
        LOCAL,
        /** Main memory: nothing survives a restart. */
        MEMORY,
        /** Another machine: neither locks nor forces can be relied on. */
        NETWORK
    }

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> NETWORKED = Set.of(
            "9p",
            "acfs",
            "afp",
            "afpfs",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "glusterfs",
            "gfs",
            "gfs2",
            "gpfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs3",
            "nfs4",
            "ocfs2",
            "orangefs",
            "pvfs2",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "virtiofs",
            "webdav");
    private static final Set<String> NETWORKED_FUSE =
            Set.of("ceph-fuse", "davfs", "gcsfuse", "glusterfs", "juicefs", "rclone", "s3fs", "smbnetfs", "sshfs");

    /** Classifies a file system by the operating system's name for it; an unknown one counts as local. */
    public static FileSystemKind of(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        if (IN_MEMORY.contains(lower)) {
            return new FileSystemKind(type, Medium.MEMORY);
        }
        boolean remote = lower.startsWith("fuse.")
                ? NETWORKED_FUSE.contains(lower.substring("fuse.".length()))
                : NETWORKED.contains(lower);
        return new FileSystemKind(type, remote ? Medium.NETWORK : Medium.LOCAL);
    }
}
