package dev.larder.codec.frame;

import dev.larder.codec.UnreadableReason;

/** What bytes from a store turned out to be: a {@link Frame}, or {@link Unreadable}. */
public sealed interface FrameReading permits Frame, FrameReading.Unreadable {

    /**
     * No frame of ours.
     *
     * @param reason why not
     */
    record Unreadable(UnreadableReason reason) implements FrameReading {}

    /** Returns the reading of what is no frame. */
    static FrameReading unreadable(UnreadableReason reason) {
        return new Unreadable(reason);
    }
}
