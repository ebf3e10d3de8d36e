/**
 * How keys and values become bytes, and what may go wrong on the way back.
 *
 * <p>{@link dev.larder.codec.ValueCodec} is the contract. The codecs that come with Larder are in the packages below this
 * one; {@code dev.larder.codec.frame} puts what they make into frames, and is what a store of bytes uses.
 */
@NullMarked
package dev.larder.codec;

import org.jspecify.annotations.NullMarked;
