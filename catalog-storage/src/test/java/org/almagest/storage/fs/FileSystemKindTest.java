package org.almagest.storage.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.almagest.storage.fs.FileSystemKind.Medium;
import org.junit.jupiter.api.Test;

class FileSystemKindTest {
    @Test
    void tellsNetworksAndMemoryFromDisks() {
        assertKind(
                Medium.LOCAL, "ext4", "xfs", "btrfs", "apfs", "NTFS", "overlay", "zfs", "fuseblk", "fuse.ntfs-3g", "");
        assertKind(Medium.MEMORY, "tmpfs", "ramfs");
        assertKind(Medium.NETWORK, "nfs", "nfs4", "NFS4", "cifs", "smb3", "fuse.sshfs", "fuse.s3fs", "9p", "ceph");
    }

    private static void assertKind(Medium expected, String... types) {
        for (String type : List.of(types)) {
            assertEquals(expected, FileSystemKind.of(type).medium(), type);
            assertEquals(type, FileSystemKind.of(type).type());
        }
    }
}
