/**
 * JSON and CBOR by Jackson, bound to a declared type. The only package that needs Jackson.
 */
@NullMarked
package dev.larder.codec.jackson;

import org.jspecify.annotations.NullMarked;
