package dev.larder.copy;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the place, in the serialised form of a value, of an object that serialisation could not write by itself. */
sealed interface StandIn extends Serializable {

    /** Returns the object that this stood for, or its copy. */
    @Nullable
    Object restore(List<Object> handedOver);

    /** An object that is handed from the writer to the reader as it is. */
    record HandedOver(int index) implements StandIn {
        @Override
        public Object restore(List<Object> handedOver) {
            return handedOver.get(index);
        }
    }

    /** An Optional. */
    record Perhaps(@Nullable Object content) implements StandIn {
        @Override
        public Object restore(List<Object> handedOver) {
            return Optional.ofNullable(content);
        }
    }

    /** A record that is not Serializable. */
    @SuppressWarnings("ArrayRecordComponent") // written and read once, never compared
    record RecordParts(Class<?> type, @Nullable Object[] parts) implements StandIn {
        @Override
        public Object restore(List<Object> handedOver) {
            return RecordCopy.make(type, parts);
        }
    }
}
