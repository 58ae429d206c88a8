/** What the commands of one process share: options, store, failures. */
@NullMarked
package org.almagest.server.cli.session;

import org.jspecify.annotations.NullMarked;
