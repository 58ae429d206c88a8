/** Which files make up which version: the chain of manifests and its atomic publication. */
@NullMarked
package org.almagest.storage.manifest;

import org.jspecify.annotations.NullMarked;
