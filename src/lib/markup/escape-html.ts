const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes plain text for element content and for attribute values in double or single quotes.
 * Not enough for unquoted attributes, `<script>`, `<style>` or URLs: those need rules of their own.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => references[character] ?? character);
}
