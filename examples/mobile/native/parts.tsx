/** The components from which the screens are made. */

import { Pressable, StyleSheet, Text, TextInput, type TextInputProps } from 'react-native';

export function Button({
  label,
  onPress,
  disabled,
}: {
  label: string;
  onPress: () => void;
  disabled?: boolean;
}) {
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityState={{ disabled: disabled === true }}
      disabled={disabled}
      onPress={onPress}
      style={[styles.button, disabled && styles.faint]}
    >
      <Text style={styles.label}>{label}</Text>
    </Pressable>
  );
}

export function Field({ label, ...input }: { label: string } & TextInputProps) {
  return <TextInput accessibilityLabel={label} placeholder={label} style={styles.field} {...input} />;
}

/** An error message, which a screen reader reads out as soon as it appears. */
export function Fault({ text }: { text: string | undefined }) {
  return text ? (
    <Text accessibilityRole="alert" style={styles.fault}>
      {text}
    </Text>
  ) : null;
}

export const styles = StyleSheet.create({
  page: { flex: 1, padding: 24, gap: 16, justifyContent: 'center' },
  title: { fontSize: 24, fontWeight: '600' },
  camera: { flex: 1 },
  below: { position: 'absolute', bottom: 32, left: 24, right: 24, gap: 12 },
  button: { backgroundColor: '#0b57d0', borderRadius: 12, padding: 16, alignItems: 'center' },
  faint: { opacity: 0.5 },
  label: { color: 'white', fontSize: 16, fontWeight: '600' },
  field: { borderColor: '#747775', borderWidth: 1, borderRadius: 12, padding: 14, fontSize: 16 },
  fault: { color: '#b3261e' },
  over: { color: 'white', fontSize: 20, textAlign: 'center' },
});
