/** Commands about datasets with their collections. */
@NullMarked
package org.almagest.server.cli.dataset;

import org.jspecify.annotations.NullMarked;
