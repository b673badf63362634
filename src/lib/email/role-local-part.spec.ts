import { isRoleLocalPart } from './role-local-part.js';

describe('isRoleLocalPart', () => {
  it.each(
    // The first line is RFC 2142 whole.
    `info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp
     INFO Sales sales+blog postmaster+ support2 support01 sales-uk uk.sales sales_team theteam hsteachers customerfeedback
     no-reply no.reply noreply.forms chat-noreply ripe-abuse abm-alerts list-request loan-ops 2024 123
     ventas2 atencionalcliente kundenservice serviceclient segreteria zakaz biuro klantenservice comenzi`.split(/\s+/u),
  )('takes %s for a function', (local) => {
    expect(isRoleLocalPart(local)).toBe(true);
  });

  it.each(
    `ana ana.li ana+sales a.li al jdoe j.doe1987 maria.garcia alison brandon devin adam dean grant bill.gates mark.price
     art.green sandra.house carl.post d.church martin2000 lisa99 summer paris.smith nils-holger jürgen 10001 1234567890 山田
     informer newsome teamster hello.kitty.fan _ - + . ++`.split(/\s+/u),
  )('takes %s for a person', (local) => {
    expect(isRoleLocalPart(local)).toBe(false);
  });

  it('looks at nothing behind the plus sign', () => {
    expect(isRoleLocalPart('ana+noreply')).toBe(false);
    expect(isRoleLocalPart('noreply+ana')).toBe(true);
  });

  it('takes a word of 64 letters apart, however often it almost fits', () => {
    expect(isRoleLocalPart('all'.repeat(21))).toBe(false);
    expect(isRoleLocalPart(`${'web'.repeat(20)}team`)).toBe(false);
  });
});
