/** The documents' Java, compiled, run, and compared with the documents. */
@NullMarked
package dev.larder.examples.docs;

import org.jspecify.annotations.NullMarked;
