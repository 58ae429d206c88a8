package org.almagest.storage.sim;

/** What a name stands for. */
sealed interface SimNode permits SimFile, SimNode.Directory {
    /** A directory; its entries are the names below its own. */
    enum Directory implements SimNode {
        DIRECTORY
    }
}
