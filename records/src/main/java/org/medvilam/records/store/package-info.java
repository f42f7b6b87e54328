/** Trees of files, local or remote, addressed by relative paths that never leave their root. */
package org.medvilam.records.store;
