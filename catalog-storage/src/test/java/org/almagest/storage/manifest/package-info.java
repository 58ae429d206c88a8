/** Tests of the chain of manifests. */
@NullMarked
package org.almagest.storage.manifest;

import org.jspecify.annotations.NullMarked;
